"use client";

import { useEffect, useState } from "react";
import { Segmented } from "#ui/kit/segmented.tsx";
import { Switch } from "#ui/kit/switch.tsx";
import { chooseLook, contrastOf, type Theme, themeOf } from "./theme.ts";

const THEMES = [
  { value: "system", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

/** How it looks on this device. */
export function Appearance() {
  const [theme, setTheme] = useState<Theme>("system");
  const [isStrong, setIsStrong] = useState(false);
  useEffect(() => {
    const { theme: shown, contrast } = document.documentElement.dataset;
    setTheme(themeOf(shown));
    setIsStrong(contrastOf(contrast) === "more");
  }, []);
  const choose = (next: Theme) => {
    setTheme(next);
    chooseLook("theme", next);
  };
  const turn = (isOn: boolean) => {
    setIsStrong(isOn);
    chooseLook("contrast", isOn ? "more" : "system");
  };
  return (
    <section>
      <h2 className="as-title">Appearance</h2>
      <p>For this device.</p>
      <div className="looks">
        <Segmented label="Theme" choices={THEMES} value={theme} onChoose={choose} />
        <Switch
          label="High contrast"
          hint="Stronger words, clearer lines. On anyway where your system asks for it."
          isOn={isStrong}
          onTurn={turn}
        />
      </div>
    </section>
  );
}
