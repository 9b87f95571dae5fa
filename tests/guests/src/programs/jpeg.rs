//! A JPEG codec: mozjpeg, used like libjpeg.

use crate::build::clang::{CProgram, Library, Wasi};
use crate::{Guest, Run};

pub(crate) const PROGRAM: CProgram = CProgram {
    name: "jpeg",
    driver: "jpeg/jpeg.c",
    headers: &["checksum.h", "jpeg/jconfig.h", "jpeg/jconfigint.h", "jpeg/jversion.h"],
    library: Some(Library { package: "mozjpeg-sys", folder: "vendor", files: FILES }),
    flags: &[],
    wasi: Wasi::PLAIN,
};

/// Without arithmetic coding, the programs around the library, and assembly.
const FILES: &[&str] = &[
    "jcapimin.c",
    "jcapistd.c",
    "jccoefct.c",
    "jccolor.c",
    "jcdctmgr.c",
    "jcext.c",
    "jchuff.c",
    "jcinit.c",
    "jcmainct.c",
    "jcmarker.c",
    "jcmaster.c",
    "jcomapi.c",
    "jcparam.c",
    "jcphuff.c",
    "jcprepct.c",
    "jcsample.c",
    "jctrans.c",
    "jdapimin.c",
    "jdapistd.c",
    "jdatadst.c",
    "jdatasrc.c",
    "jdcoefct.c",
    "jdcolor.c",
    "jddctmgr.c",
    "jdhuff.c",
    "jdinput.c",
    "jdmainct.c",
    "jdmarker.c",
    "jdmaster.c",
    "jdmerge.c",
    "jdphuff.c",
    "jdpostct.c",
    "jdsample.c",
    "jdtrans.c",
    "jerror.c",
    "jfdctflt.c",
    "jfdctfst.c",
    "jfdctint.c",
    "jidctflt.c",
    "jidctfst.c",
    "jidctint.c",
    "jidctred.c",
    "jmemmgr.c",
    "jmemnobs.c",
    "jquant1.c",
    "jquant2.c",
    "jsimd_none.c",
    "jutils.c",
];

pub(crate) fn runs() -> Vec<Run> {
    let run = |name, args| Run::new(Guest::Jpeg, name).args(args);
    vec![run("check", &["200", "4"]), run("bench", &["1024", "20"]).bench()]
}
