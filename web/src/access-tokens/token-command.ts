/** Shell lines that keep a token in `$AFFLUENT_TOKEN`, where our other examples look for it, and ask the graph with it. */
export function tokenCommand(token: string, url: string): string {
  return [
    `export AFFLUENT_TOKEN=${token}`,
    `curl ${url} \\`,
    '  -H "authorization: Bearer $AFFLUENT_TOKEN" \\',
    "  -H 'content-type: application/json' \\",
    `  -d '{"query":"{ viewer { id } }"}'`,
  ].join('\n');
}
