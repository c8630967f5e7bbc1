import { en, type Words } from './en.ts';
import { fr } from './fr.ts';

/** An Express request, or a Koa context. */
interface Negotiator {
  acceptsLanguages(languages: string[]): string | false;
}

/** Languages of the pages; a browser that prefers neither gets the first. */
const LANGUAGES = ['en', 'fr'];

/** The words in a stored language: French, or else English. */
export const wordsIn = (language: string | false): Words => (language === 'fr' ? fr : en);

/** The words in the language that a browser prefers (`Accept-Language`). */
export const wordsFor = (request: Negotiator): Words =>
  wordsIn(request.acceptsLanguages(LANGUAGES));
