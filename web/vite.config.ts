import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

const port = Number(process.env.WEB_PORT ?? 5173);

export default defineConfig({
  plugins: [react()],
  // Packages of ours as they are written: nothing has to be built before the development server starts.
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: {
    target: 'es2022',
    // The editor of the explorer is large, and loaded there only.
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      onLog: (level, log, report) => {
        // Hints of the explorer's libraries to a compiler that we do not use.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
  },
  worker: { format: 'es' },
  // What the editor's worker imports is CommonJS: the development server must bundle it, and does not see it by itself.
  optimizeDeps: {
    include: ['monaco-graphql > picomatch-browser', 'monaco-graphql > graphql-language-service'],
  },
  server: {
    host: '127.0.0.1',
    port,
    strictPort: true,
    // The page is reached through the gateway, on another port; its socket comes straight here.
    hmr: { clientPort: port },
  },
});
