/** The part of the panel in which a visitor says who it is, fetched in one piece. */
import { DetailsForm } from './details-form.tsx';
import { SavedNote } from './saved-note.tsx';

export const details = { DetailsForm, SavedNote };
