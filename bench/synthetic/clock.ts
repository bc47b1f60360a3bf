/** A worker that posts the time every few ms: a thread that receives it late was busy. */
setInterval(() => postMessage(performance.timeOrigin + performance.now()), 4);
