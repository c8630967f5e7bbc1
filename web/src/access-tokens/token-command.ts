/** A shell command that exports a token as `$AFFLUENT_TOKEN`, which the other examples use, and queries the graph with it. */
export function tokenCommand(token: string, url: string): string {
  return [
    `export AFFLUENT_TOKEN=${token}`,
    `curl ${url} \\`,
    '  -H "authorization: Bearer $AFFLUENT_TOKEN" \\',
    "  -H 'content-type: application/json' \\",
    `  -d '{"query":"{ viewer { id } }"}'`,
  ].join('\n');
}
