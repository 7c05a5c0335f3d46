import type { Kysely } from 'kysely';
import { migrateFirstHouse } from './0001-first-house.ts';
import { migrateLighterMessages } from './0002-lighter-messages.ts';
import { migrateAroundTheTalk } from './0003-around-the-talk.ts';
import { migrateConsentText } from './0004-consent-text.ts';
import { migratePeople } from './0005-people.ts';
import { migrateSearch } from './0006-search.ts';
import { migrateVisitorEvents } from './0007-visitor-events.ts';
import { migrateAttachments } from './0008-attachments.ts';
import { migrateDrafts } from './0009-drafts.ts';
import { migrateCannedResponses } from './0010-canned-responses.ts';
import { migrateNotices } from './0011-notices.ts';
import { migrateViews } from './0012-views.ts';
import { migrateFloor } from './0013-floor.ts';
import { migrateErasedVisitors } from './0014-erased-visitors.ts';
import { migrateFasterWords } from './0015-faster-words.ts';
import { migratePriority } from './0016-priority.ts';
import { migrateBusinessHours } from './0017-business-hours.ts';
import { migrateRouting } from './0018-routing.ts';
import { migrateCallbacks } from './0019-callbacks.ts';
import { migrateSla } from './0020-sla.ts';
import { migrateQueue } from './0021-queue.ts';
import { migrateCallsUnderWay } from './0022-calls-under-way.ts';
import { migrateCallbackWishes } from './0023-callback-wishes.ts';
import { migrateAnswers } from './0024-answers.ts';
import { migrateBot } from './0025-bot.ts';
import { migrateProposals } from './0026-proposals.ts';
import { migrateQuestions } from './0027-questions.ts';
import { migrateCustomerFiles } from './0028-customer-files.ts';
import { migrateActivities } from './0029-activities.ts';
import { migrateTasks } from './0030-tasks.ts';
import { migrateTickets } from './0031-tickets.ts';
import { migrateOpportunities } from './0032-opportunities.ts';
import { migratePurchases } from './0033-purchases.ts';
import { migrateSegments } from './0034-segments.ts';
import { migrateDocuments } from './0035-documents.ts';
import { migrateApiTokens } from './0036-api-tokens.ts';
import { migrateMatters } from './0037-matters.ts';
import { migrateTicketSearch } from './0038-ticket-search.ts';
import { migrateMergedFiles } from './0039-merged-files.ts';
import { migrateCompanyFollowers } from './0040-company-followers.ts';
import { migrateJobLeases } from './0041-job-leases.ts';
import { migrateErasingRight } from './0042-erasing-right.ts';
import { migrateAddressWords } from './0043-address-words.ts';
import { migrateSeldomLists } from './0044-seldom-lists.ts';
import { migrateOpportunitySearch } from './0045-opportunity-search.ts';
import { migratePurchaseHistory } from './0046-purchase-history.ts';
import { migrateAgentsMerge } from './0047-agents-merge.ts';
import { migrateLeftPurchases } from './0048-left-purchases.ts';

/** Every migration, oldest first. A name that was released is never changed, moved or taken out. */
export const migrations: Record<string, (db: Kysely<unknown>) => Promise<void>> = {
  '0001-first-house': migrateFirstHouse,
  '0002-lighter-messages': migrateLighterMessages,
  '0003-around-the-talk': migrateAroundTheTalk,
  '0004-consent-text': migrateConsentText,
  '0005-people': migratePeople,
  '0006-search': migrateSearch,
  '0007-visitor-events': migrateVisitorEvents,
  '0008-attachments': migrateAttachments,
  '0009-drafts': migrateDrafts,
  '0010-canned-responses': migrateCannedResponses,
  '0011-notices': migrateNotices,
  '0012-views': migrateViews,
  '0013-floor': migrateFloor,
  '0014-erased-visitors': migrateErasedVisitors,
  '0015-faster-words': migrateFasterWords,
  '0016-priority': migratePriority,
  '0017-business-hours': migrateBusinessHours,
  '0018-routing': migrateRouting,
  '0019-callbacks': migrateCallbacks,
  '0020-sla': migrateSla,
  '0021-queue': migrateQueue,
  '0022-calls-under-way': migrateCallsUnderWay,
  '0023-callback-wishes': migrateCallbackWishes,
  '0024-answers': migrateAnswers,
  '0025-bot': migrateBot,
  '0026-proposals': migrateProposals,
  '0027-questions': migrateQuestions,
  '0028-customer-files': migrateCustomerFiles,
  '0029-activities': migrateActivities,
  '0030-tasks': migrateTasks,
  '0031-tickets': migrateTickets,
  '0032-opportunities': migrateOpportunities,
  '0033-purchases': migratePurchases,
  '0034-segments': migrateSegments,
  '0035-documents': migrateDocuments,
  '0036-api-tokens': migrateApiTokens,
  '0037-matters': migrateMatters,
  '0038-ticket-search': migrateTicketSearch,
  '0039-merged-files': migrateMergedFiles,
  '0040-company-followers': migrateCompanyFollowers,
  '0041-job-leases': migrateJobLeases,
  '0042-erasing-right': migrateErasingRight,
  '0043-address-words': migrateAddressWords,
  '0044-seldom-lists': migrateSeldomLists,
  '0045-opportunity-search': migrateOpportunitySearch,
  '0046-purchase-history': migratePurchaseHistory,
  '0047-agents-merge': migrateAgentsMerge,
  '0048-left-purchases': migrateLeftPurchases,
};
