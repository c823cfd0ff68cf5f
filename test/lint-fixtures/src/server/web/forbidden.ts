import { cache } from "react";
import { roomFor } from "../domain/rooms.ts";
import { Face } from "#ui/people/face.tsx";
import Page from "#app/page.tsx";
