import type { NextConfig } from "next";

const config: NextConfig = {
  // Two builds side by side: `npm test` and a running `npm start`.
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  reactStrictMode: true,
  poweredByHeader: false,
  typedRoutes: true,
  // `npm test` checks types; somebody's first start need not wait for it.
  typescript: { ignoreBuildErrors: true },
  // next-env.d.ts then imports the route types of the one build folder in use, and tsconfig.json need not list any.
  experimental: {
    strictRouteTypes: true,
    // Pages and routes are loaded when first asked for: a server that has just started is smaller, and answers sooner.
    preloadEntriesOnStart: false,
  },
  serverExternalPackages: ["kafkajs", "@platformatic/kafka", "pino", "lz4-napi", "snappy"],
};

export default config;
