import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const port = Number(process.env.WEB_PORT ?? 5173);

export default defineConfig({
  plugins: [react()],
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
  server: {
    port,
    strictPort: true,
    // The page is reached through the gateway, on another port; its socket comes straight here.
    hmr: { clientPort: port },
  },
});
