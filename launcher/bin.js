// Plain JavaScript for any Node: the rest needs the Node 24 that `npm ci` brings, and `npm start` puts on the PATH.
if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(
    'Run "npm ci" first, then start with "npm start": it brings the Node.js 24 that Affluent runs on.\n',
  );
  process.exit(1);
}
await import('./src/main.ts');
