package grusim.workload.load;

/** Expected messages in which three dots stand for the middle of a long list of keys. */
final class Messages {
    private Messages() {}

    static String pattern(String message) {
        return "^\\Q" + message.replace("...", "\\E.*\\Q") + "\\E$";
    }
}
