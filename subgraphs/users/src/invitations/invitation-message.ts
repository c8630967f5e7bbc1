import type { Invitation } from './invitation.ts';

/**
 * Text chosen by people must not look like ours or like a link: mail programs make links of "evil.example" too. The dots of
 * "J. R. Smith" stay.
 */
const plain = (text: string): string =>
  text
    .replaceAll(/[^\p{L}\p{M}\p{N} .'’-]/gu, ' ')
    .replaceAll(/\.(?=\S)/g, ' ')
    .trim();

/**
 * The invited person's language is unknown, so the message is in both. Verified facts come first; text written by the inviting
 * person follows on lines marked as such.
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
