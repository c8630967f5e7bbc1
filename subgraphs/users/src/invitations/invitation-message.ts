import type { Invitation } from './invitation.ts';

/**
 * What people chose must not look like our own words, or like a link: mail programs make links of "evil.example" too. The
 * dots of "J. R. Smith" stay.
 */
const plain = (text: string): string =>
  text
    .replaceAll(/[^\p{L}\p{M}\p{N} .'’-]/gu, ' ')
    .replaceAll(/\.(?=\S)/g, ' ')
    .trim();

/**
 * Nobody knows the invited person's language yet, so the message is in both. First comes what Affluent vouches for; what a
 * person wrote stands below, on lines that say so.
 */
export function invitationMessage({ invitedBy, workspace }: Invitation, acceptUrl: string) {
  const { email } = invitedBy;
  const who = plain(invitedBy.displayName);
  const where = plain(workspace.name);
  const paragraphs = [
    `The owner of the Affluent account ${email} invites you to a workspace. Open this link to accept:`,
    acceptUrl,
    'It works once, for 7 days, for this e-mail address. If you do not know about it, do nothing.',
    `These names were chosen by that person. Affluent has not checked them:\n  Name: ${who}\n  Workspace: ${where}`,
    '—',
    `Le titulaire du compte Affluent ${email} vous invite dans un espace de travail. Ouvrez ce lien pour accepter :`,
    acceptUrl,
    'Il sert une seule fois, pendant 7 jours, pour cette adresse. Si vous n’êtes pas au courant, ne faites rien.',
    `Ces noms ont été choisis par cette personne. Affluent ne les a pas vérifiés :\n  Nom : ${who}\n  Espace de travail : ${where}`,
  ];
  return {
    subject: 'An invitation to Affluent · Une invitation à Affluent',
    text: `${paragraphs.join('\n\n')}\n`,
  };
}
