import type { NextConfig } from "next";

const config: NextConfig = {
  // Two builds side by side: `npm test` and a running `npm start`.
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  reactStrictMode: true,
  poweredByHeader: false,
  typedRoutes: true,
  serverExternalPackages: ["kafkajs", "@platformatic/kafka", "pino"],
};

export default config;
