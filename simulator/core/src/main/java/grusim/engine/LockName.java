package grusim.engine;

/** Names of locks: each ends in the name of its kind, after the last space or dot, and perhaps a number. */
public final class LockName {
    private LockName() {}

    /** The name of the kind of a lock with this name. */
    public static String kind(String lock) {
        int end = lock.length();
        while (end > 0 && Character.isDigit(lock.charAt(end - 1))) {
            end--;
        }
        return lock.substring(Math.max(lock.lastIndexOf(' '), lock.lastIndexOf('.')) + 1, end);
    }
}
