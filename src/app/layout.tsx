import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/inter/wght-italic.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import "#ui/tokens.css";
import "#ui/kit/kit.css";
import "#ui/kit/bar.css";
import "#ui/kit/calm.css";
import "#ui/gate/gate.css";
import "#ui/people/people.css";
import "#ui/rooms/rooms.css";
import "#ui/messages/messages.css";
import "#ui/messages/unsent.css";
import "#ui/messages/composer.css";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";

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
export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" data-connection="connecting" suppressHydrationWarning>
      <body>{children}</body>
    </html>
  );
}
