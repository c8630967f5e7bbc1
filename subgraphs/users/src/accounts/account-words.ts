/** Words of the pages that make, confirm and recover accounts. They are part of the sign-in pages' words. */
export const accountWordsEnglish = {
  passwordCommon: 'This password is among the first that others would try. Choose another.',
  forgotPassword: 'Forgot password?',
  forgotTitle: 'Set a new password',
  forgotLead: 'We mail you a link with which you choose a new one.',
  sendLink: 'Send the link',
  checkMail: 'Check your mail',
  forgotSent: (email: string): string =>
    `If ${email} has an account, a link is on its way. It works once, for 30 minutes.`,
  signUpSent: (email: string): string =>
    `We have written to ${email}. Open the link in the message, in this browser if you can. It works for 24 hours.`,
  noMail: 'Nothing came? Look in the spam folder, or try again in a while.',
  backToSignIn: 'Back to sign-in',
  newPassword: 'New password',
  newPasswordLead: (email: string): string => `For ${email}. You are signed out everywhere else.`,
  savePassword: 'Save password',
  passwordSaved: 'Your password is changed',
  passwordSavedLead: 'Sign in with the new one.',
  confirmEmail: 'Confirm your e-mail',
  confirmEmailLead: (email: string): string =>
    `Confirm that ${email} is yours. If you did not ask for this, close the page.`,
  confirmPassword: 'The password that you chose at sign-up',
  confirm: 'Confirm',
  emailConfirmed: 'Your e-mail is confirmed',
  emailConfirmedLead: 'Thank you. There is nothing more to do.',
  accountReady: 'Your account is ready',
  accountReadyLead: 'Sign in with your e-mail and the password that you chose.',
  passwordWrong: 'This is not the password of the account.',
  linkUsed: 'This link does not work any more',
  linkUsedLead: 'It was used already, or it is too old. Ask for a new one.',
  continueWith: (provider: string): string => `Continue with ${provider}`,
  goingTo: (provider: string): string => `On to ${provider}`,
  goingToLead: 'If nothing happens, follow this link.',
  outsideDown: (provider: string): string => `${provider} does not answer`,
  outsideDownLead:
    'Signing in there is not possible just now. Try again soon, or sign in another way.',
  outsideFailed: (provider: string): string => `${provider} did not sign you in`,
  outsideFailedLead: 'You refused there, or took too long. Start again from the sign-in page.',
  outsideStale: 'This sign-in was not started here',
  outsideStaleLead:
    'It began in another browser, was finished already, or took too long. Start again.',
  outsideNoEmail: (provider: string): string =>
    `${provider} did not tell us an e-mail address that it has checked. Create an account here, then connect it in your account settings.`,
  outsideEmailTaken: (email: string): string =>
    `There is an account with ${email} already. Sign in to it, then connect this one in your account settings.`,
  connectTitle: (provider: string): string => `Connect ${provider}?`,
  connectLead: (outside: string, email: string): string =>
    `${outside} could then sign in as ${email}.`,
  connect: 'Connect',
  connectedElsewhere: 'This account is connected to another one here',
  connectedElsewhereLead: 'Disconnect it there first.',
  signInAgain: 'Sign in again',
  signInAgainLead: 'To add a way to sign in, you must have signed in within the last 15 minutes.',
};

type AccountWords = typeof accountWordsEnglish;

export const accountWordsFrench: AccountWords = {
  passwordCommon:
    'Ce mot de passe est parmi les premiers que d’autres essaieraient. Choisissez-en un autre.',
  forgotPassword: 'Mot de passe oublié ?',
  forgotTitle: 'Choisir un nouveau mot de passe',
  forgotLead: 'Nous vous envoyons un lien pour en choisir un nouveau.',
  sendLink: 'Envoyer le lien',
  checkMail: 'Consultez votre messagerie',
  forgotSent: (email) =>
    `Si ${email} a un compte, un lien est en route. Il sert une seule fois, pendant 30 minutes.`,
  signUpSent: (email) =>
    `Nous avons écrit à ${email}. Ouvrez le lien du message, si possible dans ce navigateur. Il est valable 24 heures.`,
  noMail: 'Rien reçu ? Regardez dans les indésirables, ou réessayez un peu plus tard.',
  backToSignIn: 'Retour à la connexion',
  newPassword: 'Nouveau mot de passe',
  newPasswordLead: (email) => `Pour ${email}. Vous serez déconnecté partout ailleurs.`,
  savePassword: 'Enregistrer le mot de passe',
  passwordSaved: 'Votre mot de passe est changé',
  passwordSavedLead: 'Connectez-vous avec le nouveau.',
  confirmEmail: 'Confirmez votre adresse e-mail',
  confirmEmailLead: (email) =>
    `Confirmez que ${email} est à vous. Si vous n’avez rien demandé, fermez cette page.`,
  confirmPassword: 'Le mot de passe choisi à l’inscription',
  confirm: 'Confirmer',
  emailConfirmed: 'Votre adresse est confirmée',
  emailConfirmedLead: 'Merci. Il n’y a rien d’autre à faire.',
  accountReady: 'Votre compte est prêt',
  accountReadyLead:
    'Connectez-vous avec votre adresse e-mail et le mot de passe que vous avez choisi.',
  passwordWrong: 'Ce n’est pas le mot de passe du compte.',
  linkUsed: 'Ce lien ne fonctionne plus',
  linkUsedLead: 'Il a déjà servi, ou il est trop ancien. Demandez-en un nouveau.',
  continueWith: (provider) => `Continuer avec ${provider}`,
  goingTo: (provider) => `En route vers ${provider}`,
  goingToLead: 'Si rien ne se passe, suivez ce lien.',
  outsideDown: (provider) => `${provider} ne répond pas`,
  outsideDownLead:
    'La connexion y est impossible pour l’instant. Réessayez bientôt, ou connectez-vous autrement.',
  outsideFailed: (provider) => `${provider} ne vous a pas connecté`,
  outsideFailedLead:
    'Vous y avez refusé, ou tardé trop longtemps. Recommencez depuis la page de connexion.',
  outsideStale: 'Cette connexion n’a pas commencé ici',
  outsideStaleLead:
    'Elle vient d’un autre navigateur, est déjà terminée, ou a pris trop de temps. Recommencez.',
  outsideNoEmail: (provider) =>
    `${provider} ne nous a indiqué aucune adresse e-mail vérifiée. Créez un compte ici, puis connectez-le dans les réglages de votre compte.`,
  outsideEmailTaken: (email) =>
    `Un compte existe déjà avec ${email}. Connectez-vous-y, puis connectez celui-ci dans les réglages de votre compte.`,
  connectTitle: (provider) => `Connecter ${provider}\u202f?`,
  connectLead: (outside, email) => `${outside} pourra alors se connecter en tant que ${email}.`,
  connect: 'Connecter',
  connectedElsewhere: 'Ce compte est déjà connecté à un autre ici',
  connectedElsewhereLead: 'Déconnectez-le d’abord là-bas.',
  signInAgain: 'Reconnectez-vous',
  signInAgainLead:
    'Pour ajouter un moyen de connexion, il faut s’être connecté dans les 15 dernières minutes.',
};
