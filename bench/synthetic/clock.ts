/** A worker that says what time it is every few ms: whoever is late in hearing it was busy. */
setInterval(() => postMessage(performance.timeOrigin + performance.now()), 4);
