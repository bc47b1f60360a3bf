/** By what protocols over WebSocket are known. */

/** Each address of Engine.IO, over which Socket.IO speaks, names the revision: https://socket.io/docs/v4/engine-io-protocol */
export const ENGINE_IO_URL = /[?&]EIO=\d/;

/** Ends each message of SignalR: https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/HubProtocol.md#json-encoding */
export const SIGNALR_SEPARATOR = '\u001e';
