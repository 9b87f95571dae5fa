// The texts of the JPEG codec's own build.

#define JVERSION "guest"
#define JCOPYRIGHT ""
#define JCOPYRIGHT_SHORT ""
