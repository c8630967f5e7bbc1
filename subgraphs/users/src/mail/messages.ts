/** Messages to account owners. They contain no text chosen by other users, who could abuse it. */
interface Texts {
  readonly confirmSignUp: (link: string) => Text;
  readonly alreadySignedUp: (link: string) => Text;
  readonly verifyEmail: (link: string) => Text;
  readonly resetPassword: (link: string) => Text;
  readonly passwordChanged: (link: string) => Text;
  readonly accountConnected: (provider: string, link: string) => Text;
  /** `address`: the network address of the last one. */
  readonly signInAttempts: (address: string, link: string) => Text;
  readonly passkeyAdded: (link: string) => Text;
  readonly passkeyRemoved: (link: string) => Text;
  readonly accessTokenMade: (link: string) => Text;
}

/** Changes that the owner of an account is notified of. */
export type SecurityNotice = 'passkeyAdded' | 'passkeyRemoved' | 'accessTokenMade';

interface Text {
  readonly subject: string;
  readonly text: string;
}

const lines = (...paragraphs: readonly string[]): string => `${paragraphs.join('\n\n')}\n`;

const en: Texts = {
  confirmSignUp: (link) => ({
    subject: 'Confirm your e-mail for Affluent',
    text: lines(
      'Someone requested an Affluent account with this address. If it was you, open this link and confirm:',
      link,
      'It works once, for 24 hours. If it was not you, ignore this message: no account is created.',
    ),
  }),
  alreadySignedUp: (link) => ({
    subject: 'You have an Affluent account already',
    text: lines(
      'Someone requested an Affluent account with this address, which already has one. If it was you, sign in:',
      link,
      'If you forgot your password, choose "Forgot password?" there. If it was not you, do nothing: nothing has changed.',
    ),
  }),
  verifyEmail: (link) => ({
    subject: 'Confirm your e-mail for Affluent',
    text: lines(
      'Open this link to confirm that this address belongs to your Affluent account:',
      link,
      'It works once, for 24 hours. If you did not ask for it, do nothing.',
    ),
  }),
  resetPassword: (link) => ({
    subject: 'A new password for Affluent',
    text: lines(
      'Open this link to choose a new password for your Affluent account:',
      link,
      'It works once, for 30 minutes. If you did not ask for it, do nothing: your password stays as it is.',
    ),
  }),
  passwordChanged: (link) => ({
    subject: 'Your Affluent password was changed',
    text: lines(
      'The password of your Affluent account was changed, and the sessions that used the old one have ended.',
      'If it was not you, choose "Forgot password?" at once on the sign-in page, and look through the sign-in methods, sessions and access tokens of your account:',
      link,
    ),
  }),
  accountConnected: (provider, link) => ({
    subject: `${provider} can sign in to your Affluent account`,
    text: lines(
      `An account at ${provider} was connected to your Affluent account and can sign in to it.`,
      'If it was not you, disconnect it and change your password:',
      link,
    ),
  }),
  signInAttempts: (address, link) => ({
    subject: 'Wrong passwords for your Affluent account',
    text: lines(
      `Someone tried to sign in to your Affluent account with wrong passwords, at least ten times within an hour; the last time from the network address ${address}.`,
      'If it was you, do nothing. If not: nobody signed in that way, and further attempts are slowed down. In a browser that you have signed in with before, and with a passkey, you need not wait. A password that you use nowhere else, or a passkey, protects your account best:',
      link,
    ),
  }),
  passkeyAdded: (link) => ({
    subject: 'A passkey was added to your Affluent account',
    text: lines(
      'A passkey was added to your Affluent account and can sign in to it.',
      'If it was not you, remove it and change your password:',
      link,
    ),
  }),
  passkeyRemoved: (link) => ({
    subject: 'A passkey was removed from your Affluent account',
    text: lines(
      'A passkey of your Affluent account was removed and can no longer sign in to it.',
      'If it was not you, change your password and look through the sign-in methods of your account:',
      link,
    ),
  }),
  accessTokenMade: (link) => ({
    subject: 'A program can act for your Affluent account',
    text: lines(
      'A personal access token was made, or a client of yours was allowed to act by itself: a program can now act in your name.',
      'If it was not you, revoke it and change your password:',
      link,
    ),
  }),
};

const fr: Texts = {
  confirmSignUp: (link) => ({
    subject: 'Confirmez votre adresse pour Affluent',
    text: lines(
      'Quelqu’un a demandé un compte Affluent avec cette adresse. Si c’est vous, ouvrez ce lien et confirmez :',
      link,
      'Il sert une seule fois, pendant 24 heures. Si ce n’est pas vous, ne faites rien : aucun compte n’est créé.',
    ),
  }),
  alreadySignedUp: (link) => ({
    subject: 'Vous avez déjà un compte Affluent',
    text: lines(
      'Quelqu’un a demandé un compte Affluent avec cette adresse, qui en a déjà un. Si c’est vous, connectez-vous :',
      link,
      'Mot de passe oublié ? Choisissez « Mot de passe oublié ? » sur cette page. Si ce n’est pas vous, ne faites rien : rien n’a changé.',
    ),
  }),
  verifyEmail: (link) => ({
    subject: 'Confirmez votre adresse pour Affluent',
    text: lines(
      'Ouvrez ce lien pour confirmer que cette adresse est celle de votre compte Affluent :',
      link,
      'Il sert une seule fois, pendant 24 heures. Si vous n’avez rien demandé, ne faites rien.',
    ),
  }),
  resetPassword: (link) => ({
    subject: 'Un nouveau mot de passe pour Affluent',
    text: lines(
      'Ouvrez ce lien pour choisir un nouveau mot de passe pour votre compte Affluent :',
      link,
      'Il sert une seule fois, pendant 30 minutes. Si vous n’avez rien demandé, ne faites rien : votre mot de passe reste le même.',
    ),
  }),
  passwordChanged: (link) => ({
    subject: 'Votre mot de passe Affluent a été changé',
    text: lines(
      'Le mot de passe de votre compte Affluent a été changé, et les sessions ouvertes avec l’ancien sont terminées.',
      'Si ce n’est pas vous, choisissez aussitôt « Mot de passe oublié ? » sur la page de connexion, et vérifiez les moyens de connexion, les sessions et les jetons d’accès de votre compte :',
      link,
    ),
  }),
  accountConnected: (provider, link) => ({
    subject: `${provider} peut se connecter à votre compte Affluent`,
    text: lines(
      `Un compte chez ${provider} a été relié à votre compte Affluent et peut s’y connecter.`,
      'Si ce n’est pas vous, déconnectez-le et changez votre mot de passe :',
      link,
    ),
  }),
  signInAttempts: (address, link) => ({
    subject: 'Mots de passe erronés pour votre compte Affluent',
    text: lines(
      `Quelqu’un a essayé de se connecter à votre compte Affluent avec de mauvais mots de passe, au moins dix fois en une heure ; la dernière fois depuis l’adresse réseau ${address}.`,
      'Si c’est vous, ne faites rien. Sinon, personne n’est entré ainsi, et les tentatives suivantes sont ralenties. Dans un navigateur où vous vous êtes déjà connecté, ou avec une clé d’accès, vous n’avez pas à attendre. Un mot de passe qui ne sert nulle part ailleurs, ou une clé d’accès, protège au mieux votre compte :',
      link,
    ),
  }),
  passkeyAdded: (link) => ({
    subject: 'Une clé d’accès a été ajoutée à votre compte Affluent',
    text: lines(
      'Une clé d’accès a été ajoutée à votre compte Affluent et peut s’y connecter.',
      'Si ce n’est pas vous, supprimez-la et changez votre mot de passe :',
      link,
    ),
  }),
  passkeyRemoved: (link) => ({
    subject: 'Une clé d’accès a été supprimée de votre compte Affluent',
    text: lines(
      'Une clé d’accès de votre compte Affluent a été supprimée et ne peut plus s’y connecter.',
      'Si ce n’est pas vous, changez votre mot de passe et vérifiez les moyens de connexion de votre compte :',
      link,
    ),
  }),
  accessTokenMade: (link) => ({
    subject: 'Un programme peut agir pour votre compte Affluent',
    text: lines(
      'Un jeton d’accès personnel a été créé, ou un de vos clients a été autorisé à agir par lui-même : un programme peut désormais agir en votre nom.',
      'Si ce n’est pas vous, révoquez-le et changez votre mot de passe :',
      link,
    ),
  }),
};

/** In French, or else in English. */
export const messagesIn = (language: string): Texts => (language === 'fr' ? fr : en);
