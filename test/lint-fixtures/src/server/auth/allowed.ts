import { getToken } from "next-auth/jwt";
import { pool } from "../db/pool.ts";
import { env } from "../env.ts";
