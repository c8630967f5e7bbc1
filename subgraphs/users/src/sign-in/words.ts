import type { Scope } from '@affluent/service';

import { accountWordsEnglish, accountWordsFrench } from '../accounts/account-words.ts';

const inWords = (seconds: number, second: string, minute: string): string => {
  const [count, unit] = seconds < 60 ? [seconds, second] : [Math.ceil(seconds / 60), minute];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
};

const en = {
  ...accountWordsEnglish,
  language: 'en',
  signIn: 'Sign in',
  signInLead: 'Your data, one graph.',
  createAccount: 'Create account',
  createAccountLead: 'A workspace of your own comes with it.',
  email: 'E-mail',
  password: 'Password',
  passwordHint: 'At least 8 characters; a long sentence is best.',
  displayName: 'Name',
  newHere: 'New here?',
  haveAccount: 'Have an account?',
  wrongCredentials: 'E-mail and password do not match.',
  tooManyAttempts: 'Too many attempts. Wait 15 minutes and try again.',
  waitToSignIn: (seconds: number): string =>
    `Too many wrong passwords. Try again in ${inWords(seconds, 'second', 'minute')}, use a passkey, or set a new password by mail.`,
  emailInvalid: 'Enter an e-mail address such as ada@example.org.',
  accountNotMade:
    'No account can be made with this e-mail. If you have one already, sign in instead.',
  nameInvalid: 'Enter a name of 1 to 80 characters.',
  nameCharacter: (character: string): string =>
    `Enter a name without ${character}: this character is invisible, or changes the direction of text.`,
  passwordInvalid: 'Choose a password of 8 to 128 characters.',
  expired: 'This sign-in has expired',
  expiredLead: 'It was open for too long, or was finished in another tab.',
  requestRefused: 'This request was refused',
  requestRefusedLead: 'It is not what this page sends. Go back and try again.',
  broken: 'Something went wrong',
  brokenLead: 'It is our fault, and noted. Try again in a moment.',
  unavailable: 'Not available at the moment',
  unavailableLead: 'Try again in a moment.',
  allow: 'Allow',
  allowTitle: (client: string): string => `Allow ${client}?`,
  allowLead: 'It will act in your name, and may:',
  allowNothing: 'know that it is you who comes back',
  allowUntil: (date: string): string =>
    `This lasts until ${date} at most. You can end it earlier in your settings.`,
  goesTo: (place: string): string => `Afterwards you are sent to ${place}.`,
  goesToApp: (scheme: string): string => `Afterwards the app ${scheme} opens.`,
  goesToThisComputer: 'Afterwards a program on this computer goes on.',
  goesToDevice: 'Afterwards the device that shows the code goes on.',
  notVerified:
    'Somebody registered this application; Affluent has not checked who. Allow it only if you know it.',
  anyProgram: 'Any program can call itself so. Allow it only if you have just started it.',
  refuse: 'Cancel',
  scopes: {
    profile: 'see your name and e-mail address',
    'workspaces:write': 'make, manage and delete workspaces and their members',
    'datasets:read': 'read your datasets',
    'datasets:write': 'import and append data',
    'insights:read': 'see your charts',
    'insights:write': 'save charts',
    'schema:read': 'see what the API offers',
    account: 'manage your account: sign-in, sessions, tokens, applications',
  },
  passkeySignIn: 'Sign in with a passkey',
  passkeyProblem: 'The passkey was not used. Try again, or sign in another way.',
  passkeyRefused: 'This passkey cannot sign in here.',
  device: 'Connect a device',
  deviceLead: 'Type the code that it shows.',
  deviceCode: 'Code',
  deviceWrong: 'This code is not valid, or it has expired. Check it and try again.',
  deviceConfirm: (client: string): string => `Connect ${client}?`,
  deviceConfirmLead:
    'Go on only if your own device shows this very code now. If somebody sent it to you, cancel.',
  deviceRefused: 'The device was not connected',
  deviceRefusedLead: 'You cancelled. Whoever uses the code is told so.',
  deviceDone: 'Your device is connected',
  deviceDoneLead: 'You can close this page and go back to it.',
  continue: 'Continue',
  signOut: 'Sign out',
  signOutLead: 'Sign out of Affluent on this device?',
  stay: 'Stay signed in',
  signedOut: 'You are signed out',
  signedOutLead: 'Your session on this device has ended.',
  backToStart: 'Back to Affluent',
  workspaceOf: (name: string): string => `${name}'s workspace`,
};

/** A scope without words would be allowed unseen; the type says that there is none. */
export type Words = Omit<typeof en, 'scopes'> & {
  readonly scopes: Readonly<Record<Scope, string>>;
};

const fr: Words = {
  ...accountWordsFrench,
  language: 'fr',
  signIn: 'Se connecter',
  signInLead: 'Vos données, un seul graphe.',
  createAccount: 'Créer un compte',
  createAccountLead: 'Avec un espace de travail à vous.',
  email: 'Adresse e-mail',
  password: 'Mot de passe',
  passwordHint: 'Au moins 8 caractères ; le mieux est une longue phrase.',
  displayName: 'Nom',
  newHere: 'Nouveau ici ?',
  haveAccount: 'Déjà un compte ?',
  wrongCredentials: 'L’adresse e-mail et le mot de passe ne correspondent pas.',
  tooManyAttempts: 'Trop de tentatives. Attendez 15 minutes et réessayez.',
  waitToSignIn: (seconds) =>
    `Trop de mots de passe erronés. Réessayez dans ${inWords(seconds, 'seconde', 'minute')}, utilisez une clé d’accès, ou demandez un nouveau mot de passe par e-mail.`,
  emailInvalid: 'Saisissez une adresse e-mail comme ada@example.org.',
  accountNotMade:
    'Aucun compte ne peut être créé avec cette adresse. Si vous en avez déjà un, connectez-vous.',
  nameInvalid: 'Saisissez un nom de 1 à 80 caractères.',
  nameCharacter: (character) =>
    `Saisissez un nom sans ${character} : ce caractère est invisible, ou change la direction du texte.`,
  passwordInvalid: 'Choisissez un mot de passe de 8 à 128 caractères.',
  expired: 'Cette connexion a expiré',
  expiredLead: 'Elle est restée ouverte trop longtemps, ou s’est terminée dans un autre onglet.',
  requestRefused: 'Cette demande a été refusée',
  requestRefusedLead: 'Ce n’est pas ce que cette page envoie. Revenez en arrière et réessayez.',
  broken: 'Une erreur s’est produite',
  brokenLead: 'Elle vient de nous, et nous l’avons notée. Réessayez dans un instant.',
  unavailable: 'Indisponible pour le moment',
  unavailableLead: 'Réessayez dans un instant.',
  allow: 'Autoriser',
  allowTitle: (client) => `Autoriser ${client} ?`,
  allowLead: 'L’application agira en votre nom, et pourra :',
  allowNothing: 'savoir que c’est vous qui revenez',
  allowUntil: (date) =>
    `Valable jusqu’au ${date} au plus. Vous pouvez y mettre fin plus tôt dans vos réglages.`,
  goesTo: (place) => `Vous serez ensuite envoyé vers ${place}.`,
  goesToApp: (scheme) => `L’application ${scheme} s’ouvrira ensuite.`,
  goesToThisComputer: 'Un programme sur cet ordinateur prendra le relais.',
  goesToDevice: 'L’appareil qui affiche le code prendra le relais.',
  notVerified:
    'Quelqu’un a enregistré cette application ; Affluent n’a pas vérifié qui. Ne l’autorisez que si vous la connaissez.',
  anyProgram: 'Tout programme peut se nommer ainsi. Ne l’autorisez que si vous venez de le lancer.',
  refuse: 'Annuler',
  scopes: {
    profile: 'voir votre nom et votre adresse e-mail',
    'workspaces:write': 'créer, gérer et supprimer des espaces de travail et leurs membres',
    'datasets:read': 'lire vos jeux de données',
    'datasets:write': 'importer et ajouter des données',
    'insights:read': 'voir vos graphiques',
    'insights:write': 'enregistrer des graphiques',
    'schema:read': 'voir ce que l’API propose',
    account: 'gérer votre compte : connexion, sessions, jetons, applications',
  },
  passkeySignIn: 'Se connecter avec une clé d’accès',
  passkeyProblem: 'La clé d’accès n’a pas été utilisée. Réessayez, ou connectez-vous autrement.',
  passkeyRefused: 'Cette clé d’accès ne permet pas de se connecter ici.',
  device: 'Connecter un appareil',
  deviceLead: 'Saisissez le code qu’il affiche.',
  deviceCode: 'Code',
  deviceWrong: 'Ce code n’est pas valable, ou il a expiré. Vérifiez-le et réessayez.',
  deviceConfirm: (client) => `Connecter ${client} ?`,
  deviceConfirmLead:
    'Ne continuez que si votre propre appareil affiche ce même code. Si quelqu’un vous l’a envoyé, annulez.',
  deviceRefused: 'L’appareil n’a pas été connecté',
  deviceRefusedLead: 'Vous avez annulé. L’appareil qui affiche le code en est averti.',
  deviceDone: 'Votre appareil est connecté',
  deviceDoneLead: 'Vous pouvez fermer cette page et y retourner.',
  continue: 'Continuer',
  signOut: 'Se déconnecter',
  signOutLead: 'Se déconnecter d’Affluent sur cet appareil ?',
  stay: 'Rester connecté',
  signedOut: 'Vous êtes déconnecté',
  signedOutLead: 'Votre session sur cet appareil est terminée.',
  backToStart: 'Retour à Affluent',
  workspaceOf: (name) => `Espace de ${name}`,
};

/** The words of the sign-in pages in the language that a browser likes best: French, or else English. */
export function wordsFor(acceptLanguage: string | undefined): Words {
  const liked = (acceptLanguage ?? '')
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.trim().split(';');
      const quality = parameters
        .map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1])
        .find(Boolean);
      return { language: tag.slice(0, 2).toLowerCase(), quality: Number(quality ?? 1) };
    })
    .filter(({ language }) => language === 'fr' || language === 'en')
    .toSorted((a, b) => b.quality - a.quality);
  return liked[0]?.language === 'fr' ? fr : en;
}
