import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/inter/wght-italic.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import "#ui/tokens.css";
import "#ui/kit/kit.css";
import "#ui/kit/bar.css";
import "#ui/kit/calm.css";
import "#ui/kit/field.css";
import "#ui/kit/floating.css";
import "#ui/kit/panel.css";
import "#ui/emoji/emoji.css";
import "#ui/gate/gate.css";
import "#ui/people/people.css";
import "#ui/members/members.css";
import "#ui/settings/settings.css";
import "#ui/palette/palette.css";
import "#ui/rooms/rooms.css";
import "#ui/messages/messages.css";
import "#ui/messages/markdown.css";
import "#ui/messages/message-marks.css";
import "#ui/threads/threads.css";
import "#ui/messages/unsent.css";
import "#ui/composer/composer.css";
import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { contrastOf, themeOf } from "#ui/settings/theme.ts";

export const metadata: Metadata = {
  title: { default: "Earshot", template: "%s" },
  applicationName: "Earshot",
  description: "Team chat you own.",
  robots: { index: false, follow: false },
  formatDetection: { telephone: false, email: false, address: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  interactiveWidget: "resizes-content",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fdfcfa" },
    { media: "(prefers-color-scheme: dark)", color: "#1a1815" },
  ],
};

/** `data-connection` is true from the first byte: nothing is connected before the page says so itself. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const chosen = await cookies();
  const theme = themeOf(chosen.get("earshot-theme")?.value);
  const contrast = contrastOf(chosen.get("earshot-contrast")?.value);
  const look = {
    ...(theme === "system" ? {} : { "data-theme": theme }),
    ...(contrast === "system" ? {} : { "data-contrast": contrast }),
  };
  return (
    <html lang="en" data-connection="connecting" {...look} suppressHydrationWarning>
      <body>{children}</body>
    </html>
  );
}
