package grusim.result.proof;

import grusim.result.page.Paper;

/**
 * The style sheet of the picture. Blue, orange and vermilion of the Okabe-Ito set stay apart under every common form of
 * colour blindness; what they say is also said by weight, dashes and words.
 */
final class Sheet {
    private static final String RULES = """
            .title,.strong,.text,.small,.label{font-family:sans-serif}
            .mono{font-family:monospace}
            .title{font-size:17px;font-weight:bold}
            .strong,.text{font-size:12px}
            .small,.mono{font-size:11px}
            .strong{font-weight:bold}
            .ink{fill:@ink@}
            .faint{fill:@faint@}
            .routine{fill:@faint@;font-style:italic}
            .redtext{fill:@redtext@}
            .oldtext{fill:@oldtext@}
            .paper{fill:@paper@}
            .head{fill:@panel@;stroke:@faint@}
            .initial{fill:@panel@;stroke:@line@}
            .run{fill:@paper@;stroke:@line@;stroke-width:1.2}
            .race{fill:@bluetint@;stroke:@blue@;stroke-width:1.5}
            .old{fill:@oldtint@;stroke:@orange@;stroke-width:2}
            .last{fill:@redtint@;stroke:@red@;stroke-width:2}
            .callout{fill:@redtint@;stroke:@red@;stroke-width:2.5;stroke-dasharray:9 5}
            .violation{fill:@redtint@;stroke:@red@;stroke-width:3}
            .life,.flow,.stale,.unseen,.unseen-cross,.missing,.fatal{fill:none}
            .life{stroke:@line@;stroke-width:1.5;stroke-dasharray:2 4}
            .flow{stroke:@blue@;stroke-width:2}
            .flow-head{fill:@blue@}
            .stale{stroke:@orange@;stroke-width:2.5}
            .stale-head{fill:@orange@}
            .unseen{stroke:@faint@;stroke-width:2;stroke-dasharray:2 4}
            .unseen-cross{stroke:@faint@;stroke-width:3}
            .missing{stroke:@red@;stroke-width:4;stroke-dasharray:10 6}
            .missing-head,.fatal-head{fill:@red@}
            .fatal{stroke:@red@;stroke-width:3}
            """;

    private Sheet() {}

    /** The rules with the colours for white paper in place, for a picture that stands alone. */
    static String plain() {
        String rules = RULES;
        for (Paper.Colour colour : Paper.LIGHT.colours()) {
            rules = rules.replace("@" + colour.name() + "@", colour.hex());
        }
        return rules;
    }

    /** The rules with the colours as properties, for a page that declares them. */
    static String properties() {
        return RULES.replaceAll("@([a-z]+)@", "var(--$1)");
    }
}
