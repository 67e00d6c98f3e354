package grusim.workload.load;

/**
 * Where one value of a resolved spec comes from.
 *
 * @param origin {@code default}, {@code preset NAME}, {@code FILE:LINE} or {@code --set PATH=VALUE}
 * @param source the publication behind a default or preset value, "assumed", or "choice"
 */
public record Origin(String origin, String source) {}
