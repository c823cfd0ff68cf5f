import { answer } from "../answer.ts";
import { serveRooms } from "./socketio-rooms.ts";

/** Socket.io on one node, as it comes. */
answer({ start: ({ url }: { url: string }) => serveRooms(url) });
