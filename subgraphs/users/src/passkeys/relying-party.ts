/** Whom passkeys are made for: this installation, by its origin. One made for another is of no use here. */
export function relyingPartyOf(publicUrl: string) {
  const { origin, hostname } = new URL(publicUrl);
  return { origin, id: hostname, name: 'Affluent' } as const;
}
