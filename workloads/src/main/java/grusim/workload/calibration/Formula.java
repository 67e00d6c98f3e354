package grusim.workload.calibration;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * How a published quantity follows from simulated figures: numbers, {@code + - * /}, parentheses, {@code min(..)}, {@code
 * max(..)}, and figures in braces as {@code {trial path}}, or {@code {path}} where a target has one trial.
 *
 * <p>Example: {@code ({far simulatedPs} - {near simulatedPs}) / 2000}. Computes in decimals of 16 digits, alike on every
 * machine. Immutable; any thread.
 */
public final class Formula {
    private static final String ACCEPTED =
            "numbers, + - * / ( ), min(..), max(..) and figures as {trial path} or {path}";

    private final String text;
    private final Term root;
    private final List<FigureName> figures;

    private Formula(String text, Term root, List<FigureName> figures) {
        this.text = text;
        this.root = root;
        this.figures = List.copyOf(figures);
    }

    private sealed interface Term permits Constant, Figure, Operation {}

    private record Constant(BigDecimal value) implements Term {}

    private record Figure(FigureName name) implements Term {}

    private record Operation(char sign, List<Term> terms) implements Term {}

    /** Reads a formula; says what is wrong with a bad one. */
    public static Formula parse(String text) {
        Parser parser = new Parser(text);
        Term root = parser.sum();
        parser.end();
        return new Formula(text, root, parser.figures);
    }

    /** The figures it needs, in order. */
    public List<FigureName> figures() {
        return figures;
    }

    /** The value, given what each figure is. */
    public BigDecimal value(Function<FigureName, BigDecimal> figure) {
        return value(root, figure);
    }

    private static BigDecimal value(Term term, Function<FigureName, BigDecimal> figure) {
        if (term instanceof Constant constant) {
            return constant.value();
        } else if (term instanceof Figure named) {
            return figure.apply(named.name());
        }
        Operation operation = (Operation) term;
        List<BigDecimal> values =
                operation.terms().stream().map(t -> value(t, figure)).toList();
        BigDecimal result = values.get(0);
        for (BigDecimal next : values.subList(1, values.size())) {
            result = switch (operation.sign()) {
                case '+' -> result.add(next);
                case '-' -> result.subtract(next);
                case '*' -> result.multiply(next, MathContext.DECIMAL64);
                case '/' -> quotient(result, next);
                case '<' -> result.min(next);
                default -> result.max(next);
            };
        }
        return result;
    }

    private static BigDecimal quotient(BigDecimal dividend, BigDecimal divisor) {
        if (divisor.signum() == 0) {
            throw new ArithmeticException("division by zero");
        }
        return dividend.divide(divisor, MathContext.DECIMAL64);
    }

    @Override
    public String toString() {
        return text;
    }

    /** Recursive descent over the text. */
    private static final class Parser {
        private final String text;
        private final List<FigureName> figures = new ArrayList<>();
        private int at;

        Parser(String text) {
            this.text = text;
        }

        Term sum() {
            Term left = product();
            while (peek() == '+' || peek() == '-') {
                char sign = take();
                left = new Operation(sign, List.of(left, product()));
            }
            return left;
        }

        private Term product() {
            Term left = factor();
            while (peek() == '*' || peek() == '/') {
                char sign = take();
                left = new Operation(sign, List.of(left, factor()));
            }
            return left;
        }

        private Term factor() {
            char next = peek();
            if (next == '(') {
                take();
                Term inner = sum();
                expect(')');
                return inner;
            } else if (next == '{') {
                return figure();
            } else if (text.startsWith("min(", at) || text.startsWith("max(", at)) {
                char sign = text.startsWith("min(", at) ? '<' : '>';
                at += 4;
                List<Term> terms = new ArrayList<>(List.of(sum()));
                while (peek() == ',') {
                    take();
                    terms.add(sum());
                }
                expect(')');
                return new Operation(sign, terms);
            }
            return number();
        }

        private Term figure() {
            int close = text.indexOf('}', at);
            String inside = close < 0 ? "" : text.substring(at + 1, close).strip();
            int space = inside.indexOf(' ');
            String path = inside.substring(space + 1);
            if (path.isEmpty() || path.indexOf(' ') >= 0) {
                throw fail();
            }
            at = close + 1;
            FigureName name = new FigureName(space < 0 ? "" : inside.substring(0, space), path);
            figures.add(name);
            return new Figure(name);
        }

        private Term number() {
            int begin = at;
            while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
                at++;
            }
            try {
                return new Constant(new BigDecimal(text.substring(begin, at)));
            } catch (NumberFormatException e) {
                at = begin;
                throw fail();
            }
        }

        private char peek() {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            return at < text.length() ? text.charAt(at) : '\0';
        }

        private char take() {
            char next = peek();
            at++;
            return next;
        }

        private void expect(char wanted) {
            if (peek() != wanted) {
                throw fail();
            }
            at++;
        }

        void end() {
            if (peek() != '\0') {
                throw fail();
            }
        }

        private IllegalArgumentException fail() {
            return new IllegalArgumentException(
                    "formula \"" + text + "\": unreadable at character " + (at + 1) + "; accepted: " + ACCEPTED);
        }
    }
}
