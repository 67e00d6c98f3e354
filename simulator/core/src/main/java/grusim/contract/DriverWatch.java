package grusim.contract;

import grusim.driver.DriverObserver;
import grusim.engine.Agent;

/** Hands what the driver announces to the invariants it matters to. */
final class DriverWatch implements DriverObserver {
    private final ContextLives contexts;
    private final StaleTranslations translations;
    private final AsidOwners asids;
    private final Lifetimes mms;
    private final Lifetimes threadStates;
    private final MessageOrder messages;
    private final Topics topics;

    DriverWatch(
            ContextLives contexts,
            StaleTranslations translations,
            AsidOwners asids,
            Lifetimes mms,
            Lifetimes threadStates,
            MessageOrder messages,
            Topics topics) {
        this.contexts = contexts;
        this.translations = translations;
        this.asids = asids;
        this.mms = mms;
        this.threadStates = threadStates;
        this.messages = messages;
        this.topics = topics;
    }

    @Override
    public void asidAssigned(int chiplet, int asid, int mm) {
        topics.asidsChanged();
        asids.assigned(chiplet, asid, mm);
    }

    @Override
    public void asidRetired(int chiplet, int asid, int mm) {
        topics.asidsChanged();
        asids.retired(chiplet, asid, mm);
        translations.retired(chiplet, AsidOwners.base(asid));
    }

    @Override
    public void contextBound(int chiplet, int context, int gts, int mm, int asid) {
        topics.addressSpaceConsulted();
        topics.contextChanged(context);
        topics.asidsChanged();
        mms.used(mm, Findings.DRIVER, "loaded a context for it");
        contexts.bind(chiplet, context, mm, AsidOwners.base(asid));
        asids.bound(chiplet, context, asid, mm);
        translations.bound(chiplet, AsidOwners.base(asid), Findings.DRIVER);
    }

    @Override
    public void contextCopied(int chiplet, int context) {
        topics.contextChanged(context);
        contexts.copied(chiplet, context);
    }

    @Override
    public void contextUnbound(int chiplet, int context, int gts, int mm) {
        topics.contextChanged(context);
        topics.asidsChanged();
        asids.unbound(chiplet, contexts.base(chiplet, context));
        contexts.unbind(chiplet, context);
    }

    @Override
    public void dropin(Agent agent, int chiplet, int cbr, int mm, long vaddr, long pfn) {
        topics.addressSpaceConsulted();
        mms.used(mm, agent.id(), "commanded a dropin for it");
        translations.commanded(agent.id(), chiplet, cbr, PageKey.of(mm, vaddr), pfn);
    }

    @Override
    public void threadStateUsed(int gts) {
        topics.threadStateConsulted();
        threadStates.used(gts, Findings.DRIVER, "used it");
    }

    @Override
    public void threadStateFreed(int gts) {
        topics.threadStatesChanged();
        threadStates.ended(gts, Findings.DRIVER);
    }

    @Override
    public void messageReceived(Agent agent, int queue, int sender, int number, boolean whole) {
        messages.received(agent.id(), queue, sender, number, whole);
    }
}
