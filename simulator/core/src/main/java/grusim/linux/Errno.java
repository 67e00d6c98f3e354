package grusim.linux;

/** Error numbers of Linux (include/asm-generic/errno-base.h, errno.h); routines return them negated. */
public final class Errno {
    public static final int EPERM = 1;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int EFAULT = 14;
    public static final int EBUSY = 16;
    public static final int ENODEV = 19;
    public static final int EINVAL = 22;
    public static final int EFBIG = 27;
    /** Bad request code: the answer to an unknown ioctl. */
    public static final int EBADRQC = 56;

    private Errno() {}
}
