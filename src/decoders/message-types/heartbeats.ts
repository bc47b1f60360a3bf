/** A whole word of a type's name, alone or with what says which side of the beat it is. */
const HEARTBEAT =
  /(?:^|[.:/_\-\s])(?:ping|pong|heart[-_ ]?beats?|keep[-_ ]?alive|ka|hb)(?:[-_.: ]?(?:ack|req|request|resp?|response|reply|ok))?$/i;

/** Whether a message type is one by which protocols find out that the other side is still there. */
export function isHeartbeat(type: string): boolean {
  return HEARTBEAT.test(type);
}
