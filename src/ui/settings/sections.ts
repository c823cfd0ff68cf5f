export const SECTIONS = ["profile", "devices", "password", "appearance"] as const;
export type Section = (typeof SECTIONS)[number];

export const SECTION_TITLES: Record<Section, string> = {
  profile: "Profile and status",
  devices: "Devices",
  password: "Password",
  appearance: "Appearance",
};

export function isSection(name: string): name is Section {
  return SECTIONS.some((section) => section === name);
}
