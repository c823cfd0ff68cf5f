"use client";

import { EmojiPicker as Picker } from "frimousse";

/** One button that goes through the skin tones; the choice is kept on this device. */
export function SkinTones({ tone, onChoose }: { tone: string; onChoose: (tone: string) => void }) {
  return (
    <Picker.SkinTone emoji="✋">
      {({ skinToneVariations, setSkinTone }) => {
        const at = skinToneVariations.findIndex(({ skinTone }) => skinTone === tone);
        const next = skinToneVariations[(at + 1) % skinToneVariations.length];
        return (
          <button
            type="button"
            className="tool"
            aria-label={`Skin tone: ${tone === "none" ? "yellow" : tone}`}
            data-tip="Skin tone"
            onClick={() => {
              if (!next) return;
              setSkinTone(next.skinTone);
              onChoose(next.skinTone);
            }}
          >
            {skinToneVariations[at]?.emoji ?? "✋"}
          </button>
        );
      }}
    </Picker.SkinTone>
  );
}
