import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

const port = Number(process.env.WEB_PORT ?? 5173);

export default defineConfig({
  plugins: [react()],
  // Resolves our packages to their sources, so that the development server needs no build.
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: {
    target: 'es2022',
    // The explorer's editor is large, but loaded only there.
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      onLog: (level, log, report) => {
        // Directives of the explorer's libraries for a compiler that we do not use.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
  },
  worker: { format: 'es' },
  // The editor's worker imports CommonJS, which the development server must pre-bundle but does not detect.
  optimizeDeps: {
    include: ['monaco-graphql > picomatch-browser', 'monaco-graphql > graphql-language-service'],
  },
  server: {
    host: '127.0.0.1',
    port,
    strictPort: true,
    // The page is served through the gateway on another port; the HMR socket connects here directly.
    hmr: { clientPort: port },
  },
});
