package grusim.workload;

/** A version of Linux and its GRU driver, as far as the rules differ that the GRU depends on. */
public enum Era implements Spelled {
    /** The driver as it was reviewed in July 2008, before it was merged. */
    REVIEW_2_6_26("2.6.26-review"),
    /** The merged driver. */
    LINUX_2_6_28("2.6.28"),
    /** From the release on whose munmap tears mappings down under the read lock; the driver still walks. */
    LINUX_4_20("4.20"),
    /** The driver walks no page tables any more. */
    LINUX_6_1_192("6.1.192");

    private final String spelling;

    Era(String spelling) {
        this.spelling = spelling;
    }

    @Override
    public String spelling() {
        return spelling;
    }
}
