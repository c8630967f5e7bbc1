import type { GRAPH_SCOPES } from '../oidc/clients.ts';

const en = {
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
  emailInvalid: 'Enter an e-mail address such as ada@example.org.',
  emailTaken: 'There is an account with this e-mail already. Sign in instead.',
  nameInvalid: 'Enter a name of 1 to 80 characters.',
  passwordInvalid: 'Choose a password of 8 to 128 characters.',
  expired: 'This sign-in has expired',
  expiredLead: 'It was open for too long, or was finished in another tab.',
  requestRefused: 'This request was refused',
  requestRefusedLead: 'It is not what this page sends. Go back and try again.',
  broken: 'Something went wrong',
  brokenLead: 'It is our fault, and noted. Try again in a moment.',
  allow: 'Allow',
  allowTitle: (client: string): string => `Allow ${client}?`,
  allowLead: 'It will act in your name, and may:',
  refuse: 'Cancel',
  scopes: {
    profile: 'see your name and e-mail address',
    'workspaces:write': 'make workspaces',
    'datasets:read': 'read your datasets',
    'datasets:write': 'import and append data',
    'insights:read': 'see your charts',
    'insights:write': 'save charts',
  },
  signOut: 'Sign out',
  signOutLead: 'Sign out of Affluent on this device?',
  stay: 'Stay signed in',
  signedOut: 'You are signed out',
  signedOutLead: 'Your session on this device has ended.',
  backToStart: 'Back to Affluent',
  workspaceOf: (name: string): string => `${name}'s workspace`,
};

type GraphScope = (typeof GRAPH_SCOPES)[number];

/** A scope without words would be allowed unseen; the type says that there is none. */
export type Words = Omit<typeof en, 'scopes'> & {
  readonly scopes: Readonly<Record<GraphScope, string>>;
};

const fr: Words = {
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
  emailInvalid: 'Saisissez une adresse e-mail comme ada@example.org.',
  emailTaken: 'Un compte existe déjà avec cette adresse. Connectez-vous.',
  nameInvalid: 'Saisissez un nom de 1 à 80 caractères.',
  passwordInvalid: 'Choisissez un mot de passe de 8 à 128 caractères.',
  expired: 'Cette connexion a expiré',
  expiredLead: 'Elle est restée ouverte trop longtemps, ou s’est terminée dans un autre onglet.',
  requestRefused: 'Cette demande a été refusée',
  requestRefusedLead: 'Ce n’est pas ce que cette page envoie. Revenez en arrière et réessayez.',
  broken: 'Une erreur s’est produite',
  brokenLead: 'Elle vient de nous, et nous l’avons notée. Réessayez dans un instant.',
  allow: 'Autoriser',
  allowTitle: (client) => `Autoriser ${client} ?`,
  allowLead: 'L’application agira en votre nom, et pourra :',
  refuse: 'Annuler',
  scopes: {
    profile: 'voir votre nom et votre adresse e-mail',
    'workspaces:write': 'créer des espaces de travail',
    'datasets:read': 'lire vos jeux de données',
    'datasets:write': 'importer et ajouter des données',
    'insights:read': 'voir vos graphiques',
    'insights:write': 'enregistrer des graphiques',
  },
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
