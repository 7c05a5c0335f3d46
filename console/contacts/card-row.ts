import type { FileEdits } from './edit-file.ts';

/** What a row of the card is given. */
export interface CardRowProps {
  edits: FileEdits;
  mayEdit: boolean;
}
