(component (core module (func (export "_start"))))
