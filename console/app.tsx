/** The console as a whole: who may come in, and what stands at which address. */

import { computed } from '@preact/signals';
import type { ComponentProps, ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { LocationProvider, Route, Router, useLocation } from 'preact-iso';
import type { Contact } from '../shared/contact.ts';
import type { Callback } from '../shared/task.ts';
import type { Rights } from './conversations/conversation-pane.tsx';
import { ConversationsPage } from './conversations/conversations-page.tsx';
import { createDesk, type Desk } from './conversations/desk.ts';
import { showDraftReplaced, showLeft, showNotResolved, showResolved, showWhoSetMe } from './conversations/desk-actions.ts';
import { drawSections } from './conversations/file-sections.tsx';
import { isViewName, type ViewName } from './conversations/list-views.ts';
import { showMacroRun } from './conversations/macro-actions.ts';
import { viewPath } from './conversations/paths.ts';
import type { CustomerHouse } from './customers/customer-room.ts';
import type { Http } from './http.ts';
import type { SessionState } from './session-state.ts';
import { PageStandIn } from './shell/page-stand-in.tsx';
import { Shell } from './shell/shell.tsx';
import { EntrancePage } from './sign-in/entrance-page.tsx';
import { startCall } from './tasks/call-outcome.ts';
import { fetchShelf } from './texts/texts.ts';
import type { TicketRights } from './tickets/ticket-desk.ts';
import { late } from './ui/late.tsx';

const latePage = <Props extends object>(load: () => Promise<ComponentType<Props>>) => late(load, PageStandIn);

/** The first screen of an agent is the conversations: the rest comes when it is asked for. */
const CustomersPage = latePage(async () => {
  const [{ CustomersPage }] = await Promise.all([
    import('./customers/customers-page.tsx'),
    fetchShelf('contacts'),
    fetchShelf('customers'),
  ]);
  return CustomersPage;
});
const ImportPage = latePage(async () => {
  const [{ ImportPage }] = await Promise.all([import('./customers/import-page.tsx'), fetchShelf('customers')]);
  return ImportPage;
});
const DuplicatesPage = latePage(async () => {
  const [{ DuplicatesPage }] = await Promise.all([import('./merging/duplicates-page.tsx'), fetchShelf('contacts')]);
  return DuplicatesPage;
});
const ContactPage = latePage(async () => {
  const [{ ContactPage }] = await Promise.all([import('./contacts/contact-page.tsx'), fetchShelf('contacts')]);
  return ContactPage;
});
const CompanyDirectory = latePage(async () => {
  const [{ CompanyDirectory }] = await Promise.all([import('./companies/company-directory.tsx'), fetchShelf('contacts')]);
  return CompanyDirectory;
});
const CompanyPage = latePage(async () => {
  const [{ CompanyPage }] = await Promise.all([import('./companies/company-page.tsx'), fetchShelf('contacts')]);
  return CompanyPage;
});
const EnrolmentPage = latePage(async () => (await import('./sign-in/enrolment-page.tsx')).EnrolmentPage);
const LinkPage = latePage(async () => (await import('./sign-in/link-page.tsx')).LinkPage);
const SearchPage = latePage(async () => (await import('./search/search-page.tsx')).SearchPage);
const SettingsPage = latePage(async () => {
  const [{ SettingsPage }] = await Promise.all([import('./settings/settings-page.tsx'), fetchShelf('settings')]);
  return SettingsPage;
});
const TaskList = latePage(async () => {
  const [{ TaskList }] = await Promise.all([import('./tasks/task-list.tsx'), fetchShelf('tasks')]);
  return TaskList;
});

const TicketsPage = latePage(async () => {
  const [{ TicketsPage }] = await Promise.all([import('./tickets/tickets-page.tsx'), fetchShelf('tickets'), fetchShelf('contacts')]);
  return TicketsPage;
});
const VisitorsPage = latePage(async () => (await import('./visitors/visitors-page.tsx')).VisitorsPage);
const QuestionsPage = latePage(async () => {
  const [{ QuestionsPage }] = await Promise.all([import('./questions/questions-page.tsx'), fetchShelf('settings')]);
  return QuestionsPage;
});
const DeflectionPage = latePage(async () => {
  const [{ DeflectionPage }] = await Promise.all([import('./reports/deflection-page.tsx'), fetchShelf('settings')]);
  return DeflectionPage;
});
const OpportunitiesPage = latePage(async () => {
  const [{ OpportunitiesPage }] = await Promise.all([import('./opportunities/opportunities-page.tsx'), fetchShelf('sales')]);
  return OpportunitiesPage;
});
const RenewalsPage = latePage(async () => {
  const [{ RenewalsPage }] = await Promise.all([import('./purchases/renewals-page.tsx'), fetchShelf('sales')]);
  return RenewalsPage;
});
const NowPage = latePage(async () => (await import('./now/now-page.tsx')).NowPage);

export interface House {
  http: Http;
  session: SessionState;
}

export function App(house: House) {
  return (
    <LocationProvider scope="/console">
      <Door {...house} />
    </LocationProvider>
  );
}

/** A link that lets somebody in comes first, whoever is signed in at this browser. */
function Door({ http, session }: House) {
  const { path } = useLocation();
  const agent = session.agent.value;
  const kind = path === '/console/invitation' ? 'invitation' : path === '/console/new-password' ? 'new-password' : null;
  if (kind) return <LinkPage http={http} session={session} kind={kind} token={location.hash.slice(1)} />;
  if (!agent) return <EntrancePage http={http} session={session} />;
  if (agent.mustEnrol) return <EnrolmentPage http={http} session={session} />;
  return <Inside key={agent.id} agentId={agent.id} http={http} session={session} />;
}

function Inside({ agentId, http, session }: House & { agentId: string }) {
  const { route } = useLocation();
  const toQueue = useRef(() => {});
  toQueue.current = () => route(viewPath('unassigned'));
  const [desk] = useState(() => {
    const made: Desk = createDesk({
      agentId,
      serverUrl: '',
      http,
      storage: localStorage,
      tabStorage: sessionStorage,
      onRefused: ({ code }) => {
        if (code === 'unauthenticated') session.end();
        // The role may ask for a second factor now.
        else if (code === 'forbidden') void session.check();
      },
      onOtherAgent: () => void session.check(),
      onResolved: (conversationId) => showResolved(made, conversationId),
      onNotResolved: (conversationId, why) => showNotResolved(made, conversationId, why),
      onMacroRun: (macroId, ran) => showMacroRun(made, macroId, ran),
      onLeft: (conversations) => showLeft(made, conversations, () => toQueue.current()),
      onDraftReplaced: (conversationId, lost) => showDraftReplaced(made, conversationId, lost),
    });
    return made;
  });
  const view = useView();
  useDeskInBrowser(desk);
  useEffect(() => desk.me.subscribe((me) => me && session.refresh(me)), [desk, session]);
  useEffect(() => showWhoSetMe(desk), [desk]);

  const may = (permission: Parameters<SessionState['may']>[0]) => session.may(permission);
  const [customers] = useState(() => houseOfCustomers(desk, session));
  const rights: Rights = {
    mayReply: may('conversations:reply'),
    mayAssign: may('conversations:assign'),
    mayEditContacts: may('contacts:edit'),
  };
  return (
    <Shell desk={desk} session={session} view={view}>
      <Router>
        <Route path="/console/conversations/:id?" component={Conversations} desk={desk} view={view} rights={rights} />
        <Route path="/console/contacts" component={CustomersPage} house={customers} />
        {(may('contacts:import') ? ['import'] : []).map((key) => (
          <Route key={key} path="/console/contacts/import" component={ImportPage} house={customers} />
        ))}
        {(may('purchases:view') ? ['renewals'] : []).map((key) => (
          <Route
            key={key}
            path="/console/contacts/renewals"
            component={RenewalsPage}
            http={http}
            agents={desk.colleagues.agents}
            connection={desk.connection}
          />
        ))}
        <Route
          path="/console/contacts/:id"
          component={OneContact}
          http={http}
          mayEdit={rights.mayEditContacts}
          hasTasks={may('tasks:view')}
          desk={may('tasks:edit') ? desk : null}
          mayBlock={may('visitors:block')}
          mayErase={may('contacts:erase')}
          may={may}
          agentId={agentId}
          changed={desk.changedContact}
          fileDesk={desk}
        />
        {(may('contacts:merge') ? ['duplicates'] : []).map((key) => (
          <Route key={key} path="/console/duplicates" component={DuplicatesPage} http={http} />
        ))}
        <Route path="/console/companies" component={CompanyDirectory} http={http} mayEdit={rights.mayEditContacts} />
        <Route path="/console/companies/:id" component={OneCompany} http={http} mayEdit={rights.mayEditContacts} />
        <Route
          path="/console/tasks"
          component={TaskList}
          http={http}
          board={desk.tasks}
          calls={desk.calls}
          people={desk.colleagues}
          teamIds={session.agent.value?.teamIds}
          nameOf={(agentId: string) => desk.colleagues.agents.value.get(agentId)?.name ?? null}
          mayEdit={may('tasks:edit')}
        />
        {(may('tickets:view') ? ['tickets'] : []).map((key) => (
          <Route
            key={key}
            path="/console/tickets/:id?"
            component={Tickets}
            desk={desk}
            mayEdit={may('tickets:edit')}
            mayFindPeople={may('contacts:view')}
            mayRemove={may('crm:manage')}
          />
        ))}
        {(may('visitors:view') ? ['visitors'] : []).map((key) => (
          <Route
            key={key}
            path="/console/visitors"
            component={VisitorsPage}
            desk={desk}
            view={view}
            mayReply={rights.mayReply}
            maySet={may('settings:manage')}
          />
        ))}
        {(may('reports:view') ? ['now'] : []).map((key) => (
          <Route key={key} path="/console/now" component={NowPage} desk={desk} rights={rights} />
        ))}
        {(may('reports:view') ? ['questions'] : []).map((key) => (
          <Route
            key={key}
            path="/console/questions"
            component={QuestionsPage}
            http={http}
            agentId={agentId}
            mayChange={may('answers:manage')}
          />
        ))}
        {(may('reports:view') ? ['deflection'] : []).map((key) => (
          <Route
            key={key}
            path="/console/deflection"
            component={DeflectionPage}
            http={http}
            mayFilter={may('settings:manage')}
            mayReadAnswers={may('answers:manage') || may('conversations:reply')}
          />
        ))}
        {(may('opportunities:view') ? ['opportunities'] : []).map((key) => (
          <Route
            key={key}
            path="/console/opportunities/:id?"
            component={Opportunities}
            http={http}
            connection={desk.connection}
            may={may}
          />
        ))}
        <Route path="/console/search" component={SearchPage} http={http} desk={desk} view={view} />
        <Route path="/console/settings/:section?" component={Settings} http={http} session={session} desk={desk} />
        <Route default component={Elsewhere} view={view} />
      </Router>
    </Shell>
  );
}

/** What the page of customers needs of what is around it. */
function houseOfCustomers(desk: Desk, session: SessionState): CustomerHouse {
  return {
    http: desk.http,
    agentId: desk.agentId,
    agents: desk.colleagues.agents,
    may: (permission) => session.may(permission),
    listen: (event, hear) => desk.connection.on(event, hear),
    isLive: computed(() => desk.connection.state.value === 'live'),
  };
}

interface Matched {
  params: { id?: string; section?: string };
}

type ConversationsProps = Omit<Parameters<typeof ConversationsPage>[0], 'openId' | 'messageSeq'>;

function Conversations({ params, ...props }: ConversationsProps & Matched) {
  const { query } = useLocation();
  const messageSeq = /^\d{1,9}$/.test(query.message ?? '') ? Number(query.message) : null;
  return <ConversationsPage {...props} openId={params.id ?? null} messageSeq={messageSeq} />;
}

function Tickets({ params, ...props }: { desk: Desk } & TicketRights & Matched) {
  return <TicketsPage {...props} ticketId={params.id ?? null} />;
}

type OpportunitiesProps = Omit<ComponentProps<typeof OpportunitiesPage>, 'linkedId'>;

function Opportunities({ params, ...props }: OpportunitiesProps & Matched) {
  return <OpportunitiesPage {...props} linkedId={params.id ?? null} />;
}

function OneCompany({ params, ...props }: { http: Http; mayEdit: boolean } & Matched) {
  return <CompanyPage {...props} companyId={params.id ?? ''} />;
}

interface OneContactProps extends Matched {
  http: Http;
  mayEdit: boolean;
  hasTasks: boolean;
  desk: Desk | null;
  mayBlock: boolean;
  mayErase: boolean;
  may: SessionState['may'];
  agentId: string;
  changed: Desk['changedContact'];
  fileDesk: Desk;
}

function OneContact({ params, desk, fileDesk, may, agentId, changed, ...props }: OneContactProps) {
  const onCall = desk ? (task: Callback) => void startCall({ calls: desk.calls, board: desk.tasks }, task) : undefined;
  const onPromise = desk
    ? (contact: Contact) => {
        desk.calls.promising.value = { contact };
      }
    : undefined;
  return (
    <ContactPage
      {...props}
      contactId={params.id ?? ''}
      taskChange={desk?.tasks.changed.value}
      onCall={onCall}
      onPromise={onPromise}
      drawSections={(asked, place) => drawSections({ ...asked, desk: fileDesk, may, agentId }, place)}
      news={changed.value}
    />
  );
}

function Settings({ params, http, session, desk }: House & Matched & { desk: Desk }) {
  return <SettingsPage http={http} session={session} section={params.section} serverUrl={location.origin} repertoire={desk.repertoire} />;
}

/** The root, the used setup link and mistyped addresses all lead to the conversations. */
function Elsewhere({ view }: { view: ViewName }) {
  const { route } = useLocation();
  useEffect(() => route(viewPath(view), true), [route, view]);
  return null;
}

const VIEW_KEY = 'kesher:view';

/** The view in the address, else the one looked at last. */
function useView(): ViewName {
  const { query } = useLocation();
  const stored = localStorage.getItem(VIEW_KEY);
  const view = isViewName(query.view) ? query.view : isViewName(stored) ? stored : 'mine';
  useEffect(() => localStorage.setItem(VIEW_KEY, view), [view]);
  return view;
}

function useDeskInBrowser(desk: Desk): void {
  useEffect(() => {
    const wake = () => {
      if (document.visibilityState === 'visible') desk.wake();
      else desk.draftSync.flush();
    };
    const follow = (event: StorageEvent) => desk.storageChanged(event.key);
    desk.open();
    window.addEventListener('focus', wake);
    window.addEventListener('online', wake);
    document.addEventListener('visibilitychange', wake);
    window.addEventListener('storage', follow);
    return () => {
      window.removeEventListener('focus', wake);
      window.removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wake);
      window.removeEventListener('storage', follow);
      desk.close();
    };
  }, [desk]);
}
