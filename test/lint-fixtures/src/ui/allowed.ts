import { useState } from "react";
import Link from "next/link";
import type { AppRouter } from "#server/api/router.ts";
import { limits } from "#shared/limits.ts";
import { Face } from "#ui/people/face.tsx";
import { near } from "../kit/clock.ts";
