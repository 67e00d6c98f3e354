package grusim.result.calibration;

import java.math.BigDecimal;

/**
 * A figure by which assumptions are weighed.
 *
 * @param what which
 * @param unit its unit
 * @param value what it is with all assumptions as they are
 * @param chance largest relative change by another seed alone
 */
public record Headline(String what, String unit, BigDecimal value, BigDecimal chance) {}
