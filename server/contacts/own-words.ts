/**
 * What a browser that nobody vouches for knows of itself once its file was merged with another one. An agent may have been
 * wrong about who it is, so it is shown, and changes, only its own words; in the file they are claims that replace nothing.
 */
import type { VisitorRow } from '../storage/tables.ts';

export interface OwnWords {
  name: string | null;
  company: string | null;
  email: string | null;
  phone: string | null;
  fields: Record<string, string>;
  consent: { at: number; text: string | null } | null;
}

/** Null where the visitor's file is its own, or its site vouches for it. */
export function ownWordsOf({ told, isVerified }: Pick<VisitorRow, 'told' | 'isVerified'>): OwnWords | null {
  return told === null || isVerified === 1 ? null : JSON.parse(told);
}
