import type { MetadataRoute } from "next";

export default function manifest(): MetadataRoute.Manifest {
  return {
    name: "Earshot",
    short_name: "Earshot",
    description: "Team chat you own.",
    start_url: "/",
    display: "standalone",
    background_color: "#fdfcfa",
    theme_color: "#4f46c8",
    icons: [
      { src: "/app-icon.svg", type: "image/svg+xml", sizes: "any" },
      { src: "/app-icon-512.png", type: "image/png", sizes: "512x512" },
      { src: "/app-icon-maskable-512.png", type: "image/png", sizes: "512x512", purpose: "maskable" },
    ],
  };
}
