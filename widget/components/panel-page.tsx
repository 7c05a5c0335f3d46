import type { Chat } from '../chat-state.ts';
import type { PanelState } from '../panel-state.ts';
import { ConversationRows } from './conversation-rows.tsx';
import { DetailsForm, type ToldDetails } from './details-form.tsx';
import { SavedNote } from './saved-note.tsx';
import { useValue } from './use-value.ts';

interface PanelPageProps {
  chat: Chat;
  panel: PanelState;
  business: string;
  /** What the visitor has said of itself, confirmed or not. */
  known: ToldDetails;
  onSaved: () => void;
}

/** What is behind the header's buttons: the visitor's details and its earlier conversations. */
function PanelPage({ chat, panel, business, known, onSaved }: PanelPageProps) {
  const form = useValue(panel.form);
  const conversations = useValue(chat.conversations);
  const refusal = useValue(chat.detailsRefusal);
  const showChat = () => {
    panel.view.value = 'chat';
  };
  const view = useValue(panel.view);
  if (view === 'conversations') {
    return (
      <ConversationRows
        conversations={conversations}
        business={business}
        onStale={chat.listConversations}
        onChoose={(id) => {
          panel.setPlace(null);
          chat.show(id);
          showChat();
        }}
      />
    );
  }
  const leave = () => {
    panel.form.value = null;
    showChat();
  };
  return (
    <DetailsForm
      details={form ?? known}
      refusedField={refusal && (refusal.field ?? '')}
      onInput={(details) => {
        panel.form.value = details;
      }}
      onSave={(details) => {
        chat.saveDetails(details);
        onSaved();
        leave();
      }}
      onCancel={leave}
    />
  );
}

/** The note of thanks comes with the form that it is for. */
export const pages = { PanelPage, SavedNote };
