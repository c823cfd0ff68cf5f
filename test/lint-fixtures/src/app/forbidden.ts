import { roomFor } from "#server/domain/rooms.ts";
import { prisma } from "#server/db/prisma.ts";
import { hub } from "#server/realtime/hub.ts";
import { http } from "#server/web/http.ts";
import { up } from "../../server/db/pool.ts";
import pg from "pg";
import { PrismaClient } from "@prisma/client";
