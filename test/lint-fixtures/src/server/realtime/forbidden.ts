import next from "next";
import { cache } from "react";
import { tracked } from "@trpc/server";
import { router } from "../api/router.ts";
import { roomFor } from "../domain/rooms.ts";
import { verbs } from "#server/domain/messages.ts";
import { prisma } from "../db/prisma.ts";
import { PrismaClient } from "@prisma/client";
import { http } from "../web/http.ts";
