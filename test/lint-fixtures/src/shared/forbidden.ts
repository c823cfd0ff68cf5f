import { readFile } from "node:fs/promises";
import { useState } from "react";
import { pool } from "#server/db/pool.ts";
import { Face } from "#ui/people/face.tsx";
import { up } from "../server/errors.ts";
