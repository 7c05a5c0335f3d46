/** How much an inbox's settings may hold. Apart from the schemas, so that a screen can know them without a validator. */
export const PRE_CHAT_FIELDS_MAX = 10;
export const CHOICE_OPTIONS_MAX = 30;
export const QUESTIONS_MAX = 10;
export const INVITATIONS_MAX = 20;
export const INVITATION_PAGES_MAX = 20;
/** Of the settings as JSON, in UTF-8. */
export const SETTINGS_BYTES_MAX = 64 * 1_024;
