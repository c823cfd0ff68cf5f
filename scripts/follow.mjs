/**
 * Loaded into the server by start.mjs. When start.mjs is killed outright (kill -9, a crashed terminal), the channel
 * between the two closes; a server that nobody can stop any more would keep the port and the database. It shuts down
 * as if it had been asked to.
 */
process.channel?.unref();
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
// The listener takes a hold of the channel again; without this line it would keep a finished server alive.
process.channel?.unref();
