import type { Invitation } from './invitation.ts';

/** Nobody knows the invited person's language yet, so it is told in both. */
export function invitationMessage({ invitedBy, workspace }: Invitation, acceptUrl: string) {
  // What people chose themselves must not look like our own words, or like a link.
  const plain = (text: string): string => text.replaceAll(/[^\p{L}\p{N} .'’-]/gu, ' ').trim();
  const who = plain(invitedBy.displayName);
  const where = plain(workspace.name);
  const paragraphs = [
    `${who} invites you to the Affluent workspace "${where}". Open this link to accept:`,
    acceptUrl,
    'It works once, for 7 days, for this e-mail address. If you do not know about it, do nothing.',
    '—',
    `${who} vous invite dans l’espace de travail Affluent « ${where} ». Ouvrez ce lien pour accepter :`,
    acceptUrl,
    'Il sert une seule fois, pendant 7 jours, pour cette adresse. Si vous n’êtes pas au courant, ne faites rien.',
  ];
  return {
    subject: 'An invitation to Affluent · Une invitation à Affluent',
    text: `${paragraphs.join('\n\n')}\n`,
  };
}
