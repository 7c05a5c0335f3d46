import type { ComponentType, VNode } from 'preact';
import type { Permission } from '../../shared/agent.ts';
import type { FileSectionProps, SectionPlace } from '../contacts/file-section.ts';
import { fetchShelf } from '../texts/texts.ts';
import { late } from '../ui/late.tsx';
import type { Desk } from './desk.ts';

/** Sections that follow what happens, or open a form, find the agent's desk beside what every section is given. */
type DeskSectionProps = FileSectionProps & { desk: Desk };

const TimelineSection = late(async () => {
  const [{ TimelineSection }] = await Promise.all([
    import('../timeline/timeline-section.tsx'),
    fetchShelf('timeline'),
    fetchShelf('contacts'),
  ]);
  return TimelineSection;
});
const DocumentsSection = late(async () => {
  const [{ DocumentsSection }] = await Promise.all([import('../documents/documents-section.tsx'), fetchShelf('timeline')]);
  return DocumentsSection;
});

interface FileSection {
  key: string;
  /** Below unless said. */
  place?: SectionPlace;
  permission: Permission;
  /** Late (ui/late.tsx): what the first screen does not need comes when a file is looked at. */
  Section: ComponentType<DeskSectionProps>;
}

const PurchaseSection = late<DeskSectionProps>(async () => {
  const [{ PurchaseSection }] = await Promise.all([import('../purchases/purchase-section.tsx'), fetchShelf('sales')]);
  return PurchaseSection;
});
const OpportunitySection = late<DeskSectionProps>(async () => {
  const [{ OpportunitySection }] = await Promise.all([import('../opportunities/opportunity-section.tsx'), fetchShelf('sales')]);
  return OpportunitySection;
});
const FileTickets = late<DeskSectionProps>(async () => {
  const [{ FileTickets }] = await Promise.all([import('../tickets/file-tickets.tsx'), fetchShelf('tickets')]);
  return FileTickets;
});

/** What stands in a customer file under who it is, in this order: on its page and beside each chat. */
const sections: readonly FileSection[] = [
  {
    key: 'likeness',
    place: 'card',
    permission: 'contacts:view',
    Section: late<DeskSectionProps>(async () => {
      const [{ LikenessSection }] = await Promise.all([import('../merging/likeness-section.tsx'), fetchShelf('contacts')]);
      return LikenessSection;
    }),
  },
  { key: 'purchases', permission: 'purchases:view', Section: PurchaseSection },
  { key: 'tickets', permission: 'tickets:view', Section: FileTickets },
  {
    key: 'tasks',
    permission: 'tasks:view',
    Section: late<DeskSectionProps>(async () => {
      const [{ TodoSection }] = await Promise.all([import('../tasks/todo-section.tsx'), fetchShelf('tasks')]);
      return TodoSection;
    }),
  },
  { key: 'opportunities', permission: 'opportunities:view', Section: OpportunitySection },
  {
    key: 'merging',
    permission: 'contacts:view',
    Section: late<DeskSectionProps>(async () => {
      const shelves = [fetchShelf('contacts'), fetchShelf('timeline')];
      const [{ MergeSection }] = await Promise.all([import('../merging/merge-section.tsx'), ...shelves]);
      return MergeSection;
    }),
  },
  { key: 'documents', place: 'story', permission: 'contacts:view', Section: DocumentsSection },
  { key: 'timeline', place: 'story', permission: 'contacts:view', Section: TimelineSection },
];

export function drawSections(props: DeskSectionProps, asked: SectionPlace): VNode[] {
  return sections
    .filter(({ permission, place = 'below' }) => place === asked && props.may(permission))
    .map(({ key, Section }) => <Section key={`${key}-${props.contact.id}`} {...props} />);
}
