"use client";

import { type CSSProperties, useId } from "react";
import { hueOf } from "#ui/people/hue.ts";

/** Around the circle, in steps that two people can tell apart. */
const HUES: { hue: number; name: string }[] = [
  { hue: 10, name: "Rose" },
  { hue: 40, name: "Clay" },
  { hue: 75, name: "Amber" },
  { hue: 110, name: "Olive" },
  { hue: 145, name: "Leaf" },
  { hue: 180, name: "Sea" },
  { hue: 215, name: "Sky" },
  { hue: 250, name: "Blue" },
  { hue: 285, name: "Violet" },
  { hue: 325, name: "Orchid" },
];

type Props = { id: string; value: number | null; onChoose: (hue: number | null) => void };

/** The colour of one's face: that of one's id, or one of ten. */
export function HueChoice({ id, value, onChoose }: Props) {
  const name = useId();
  const choices = [{ hue: null as number | null, name: "Automatic" }, ...HUES];
  return (
    <fieldset className="hues">
      <legend>Colour</legend>
      {choices.map((choice) => (
        <label
          key={choice.name}
          className="face m"
          style={{ "--hue": choice.hue ?? hueOf(id) } as CSSProperties}
          title={choice.name}
        >
          <input
            type="radio"
            name={name}
            aria-label={choice.name}
            checked={value === choice.hue}
            onChange={() => onChoose(choice.hue)}
          />
          <span aria-hidden="true">{choice.hue === null ? "A" : ""}</span>
        </label>
      ))}
    </fieldset>
  );
}
